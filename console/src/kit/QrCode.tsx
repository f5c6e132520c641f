/** A QR code that the server drew, shown as a picture so that nothing in it can run; always dark on white. */
export function QrCode({ svg, label }: { svg: string; label: string }) {
  return (
    <img className="qr" src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={label} width={200} height={200} />
  )
}
