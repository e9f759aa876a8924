/** What `ldd` could not find for a library. */
export interface UnmetNeeds {
  /** Shared libraries that are not there, such as `libcudnn.so.9`. */
  libraries: string[];
  /** Versions that a library that is there does not have, such as `GLIBC_2.34`. */
  versions: string[];
}

/** Reads the output of `ldd`, both streams together. */
export function parseLdd(output: string): UnmetNeeds {
  return {
    libraries: unique([...output.matchAll(/^\s*(\S+) => not found\s*$/gm)]),
    versions: unique([...output.matchAll(/: version [`']([^`']+)' not found/g)]),
  };
}

/** The needs in words, with the version that each library's name carries; undefined when all are met. */
export function describeNeeds({ libraries, versions }: UnmetNeeds): string | undefined {
  const wanted = [...libraries.map(libraryAndVersion), ...versions.map((version) => `${version} of the system's library`)];
  return wanted.length > 0 ? `missing ${wanted.join(', ')}` : undefined;
}

function libraryAndVersion(file: string): string {
  const [, name, version] = /^(.+?)\.so\.(.+)$/.exec(file) ?? [];
  return name && version ? `${name} version ${version} (${file})` : file;
}

function unique(matches: RegExpExecArray[]): string[] {
  return [...new Set(matches.map(([, name]) => name ?? ''))];
}
