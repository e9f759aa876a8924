import type { Element } from '@xmldom/xmldom';
import { C14nCanonicalization, ExclusiveCanonicalization } from 'xml-crypto';

/**
 * The canonical forms that are taken, all without comments; comments are signed by nobody, and read by nobody. The library's class for whole
 * signatures is not used: it looks things up by XPath, which takes minutes for some megabytes, and reads from several copies of a document.
 */
const FORMS = {
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315': C14nCanonicalization,
  'http://www.w3.org/2001/10/xml-exc-c14n#': ExclusiveCanonicalization,
};

export type CanonicalForm = keyof typeof FORMS;

export function isCanonicalForm(name: string): name is CanonicalForm {
  return Object.hasOwn(FORMS, name);
}

/** An element as its signer had it before him. `prefixes` are those that the exclusive form treats as the inclusive one does. May add declarations to it. */
export function canonicalXml(element: Element, form: CanonicalForm, prefixes: readonly string[] = []): string {
  const ancestorNamespaces = namespacesAround(element);
  return new FORMS[form]().process(element as never, { ancestorNamespaces, inclusiveNamespacesPrefixList: [...prefixes] });
}

/** What namespaces the ancestors of an element declare for it, the nearest declaration of each. */
function namespacesAround(element: Element): { prefix: string; namespaceURI: string }[] {
  const found = new Map<string, string>();
  const own = new Set(declarations(element).map(([prefix]) => prefix));
  // The namespace of the element itself is written as its own, wherever it was declared.
  own.add(element.prefix ?? '');
  for (let node = element.parentNode; node?.nodeType === 1; node = node.parentNode) {
    for (const [prefix, uri] of declarations(node as Element)) if (!found.has(prefix) && !own.has(prefix)) found.set(prefix, uri);
  }
  return [...found].filter(([, uri]) => uri !== '').map(([prefix, namespaceURI]) => ({ prefix, namespaceURI }));
}

function declarations(element: Element): [string, string][] {
  return Array.from(element.attributes)
    .filter(({ name }) => name === 'xmlns' || name.startsWith('xmlns:'))
    .map(({ name, value }) => [name.slice('xmlns:'.length), value]);
}
