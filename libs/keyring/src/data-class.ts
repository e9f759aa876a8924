/**
 * What a sealed value is, by how it must be protected and when it must be erased; each class of each tenant has data keys of its own.
 * `original`: the uploaded document and its page pictures. `detail`: what a provider told beyond the verdict, its raw reply included.
 * `personal`: what was read of a person. `secret`: credentials and capability addresses.
 */
export type DataClass = 'original' | 'detail' | 'personal' | 'secret';
