/**
 * What a sealed value is, by how it must be protected and when it must be erased; each class of each tenant has data keys of its own.
 * `original`: the uploaded document and its page pictures. `detail`: what a provider told beyond the verdict, its raw reply included.
 * `personal`: what was read of a person. `secret`: credentials and capability addresses.
 */
export const DATA_CLASSES = ['original', 'detail', 'personal', 'secret'] as const;
export type DataClass = (typeof DATA_CLASSES)[number];

/** The classes, and `search`: the key of the hashes by which sealed values are found again. */
export const KEY_CLASSES = [...DATA_CLASSES, 'search'] as const;
export type KeyClass = (typeof KEY_CLASSES)[number];
