/** What people call a model: its name, after the maker's where it does not begin with that, as with many it does ("Fairphone 5", "Google Pixel 9"). */
export function titleOf(maker: string, model: string): string {
  return model.toLowerCase().startsWith(maker.toLowerCase()) ? model.trim() : `${maker} ${model}`.trim()
}
