// SPDX-License-Identifier: Apache-2.0
// Elements. Text from peers is inserted as text only, never as markup.

/** Creates an element: attributes, then children (elements or texts). A property that begins with "on" is a listener. */
export function element(name, attributes = {}, ...children) {
  const created = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) {
      created.addEventListener(key.slice(2), value);
    } else if (value === true) {
      created.setAttribute(key, '');
    } else if (value !== false && value !== undefined && value !== null) {
      created.setAttribute(key, value);
    }
  }
  created.append(...children);
  return created;
}

/** Sets a text if it differs: a page of 1,000 streams changes little each second. */
export function setText(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

/** Sets an attribute if it differs; removes it for null. */
export function setAttribute(target, name, value) {
  if (value === null || value === undefined) {
    target.removeAttribute(name);
  } else if (target.getAttribute(name) !== String(value)) {
    target.setAttribute(name, value);
  }
}

/** Shows or removes a message. */
export function message(text) {
  setText(document.getElementById('message'), text);
}
