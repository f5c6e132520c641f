// Apple's reason → our explanation; the texts are in the console's catalogs.
const explained: Readonly<Record<string, string>> = {
  'Error.ActivationFailed': 'activation-failed',
  'Error.AssetCannotBeDeserialized': 'asset-unreadable',
  'Error.AssetCannotBeDownloaded': 'asset-unreachable',
  'Error.AssetCannotBeVerified': 'asset-differs',
  'Error.ConfigurationCannotBeApplied': 'not-applied',
  'Error.ConfigurationCannotBeDeserialized': 'unreadable',
  'Error.ConfigurationFailed': 'not-applied',
  'Error.ConfigurationIsInvalid': 'invalid',
  'Error.ConfigurationNotSupported': 'not-supported',
  'Error.InvalidPayload': 'invalid',
  'Error.MissingAssets': 'asset-missing',
  'Error.MissingConfigurations': 'configuration-missing',
  'Error.MissingState': 'state-missing',
  'Error.PredicateFailed': 'predicate-failed',
  'Error.UnableToEvaluatePredicate': 'predicate-failed',
  'Error.UnableToParsePredicate': 'predicate-unreadable',
  'Error.UnableToParsePredicateWithCustomOperator': 'predicate-unreadable',
  'Error.Unknown': 'unknown',
  'Error.UnknownDeclarationType': 'not-supported',
  'Error.UnknownPayloadKeys': 'keys-unknown',
}

/** Every explanation there is, so that catalogs of texts can be checked to be complete. */
export const reasonExplanations: readonly string[] = [...new Set(Object.values(explained))].map(name => `ddm.${name}`)

/** The code of our explanation of a reason; what is new to us is `ddm.unknown`. */
export function explainReason(code: string): string {
  return `ddm.${(Object.hasOwn(explained, code) ? explained[code] : undefined) ?? 'unknown'}`
}

/** `Info.…` says why something rests; only `Error.…` says that it failed. */
export function isFailure(code: string): boolean {
  return !code.startsWith('Info.')
}
