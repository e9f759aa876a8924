/**
 * Gives every style sheet that a script of this page makes the nonce of the page. Ant Design could be told the nonce, but the parts that it
 * is made of cannot: they lock scrolling and measure scroll bars by style sheets of their own. Markup that got into the page from elsewhere
 * is made by no script, and so has no nonce.
 */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

interface ElementMaker {
  createElement(name: string, options?: ElementCreationOptions): Element;
}

if (nonce) {
  const page: ElementMaker = document;
  const createElement = page.createElement.bind(document);
  page.createElement = (name, options) => {
    const element = createElement(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
}
