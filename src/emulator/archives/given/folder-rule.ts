/** A rule that assigns the files of a service folder to resources. */

/** First matching rule wins. `inside` is the path below the service folder, in lower case. */
export interface FileRule {
  inside: RegExp;
  resource: string;
}

export interface FolderRule {
  /** Names of the service folder in lower case. */
  names: readonly string[];
  /** Names that differ by language in one word only, in lower case. */
  pattern?: RegExp;
  /** Google's identifier of the service in the manifest; only MY_ACTIVITY has been seen, the others are guesses. */
  service: string;
  files: readonly FileRule[];
}

/** A file rule for paths whose first folder, or file name without extension, is one of those names. */
export function named(resource: string, ...names: string[]): FileRule {
  const escaped = names.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return { inside: new RegExp(`^(${escaped.join('|')})([/.]|$)`, 'u'), resource };
}
