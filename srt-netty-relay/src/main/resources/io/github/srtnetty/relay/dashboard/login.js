// SPDX-License-Identifier: Apache-2.0
// Asks for a token, which the relay has hashed in its configuration.
import { element } from './dom.js';
import * as api from './api.js';

/** Shows the form; resolves when a token was accepted. */
export function login(root, reason) {
  return new Promise((resolve) => {
    const field = element('input', { type: 'password', id: 'token', autocomplete: 'current-password', required: true });
    const note = element('p', { class: 'bad', id: 'login-note', role: 'alert' }, reason);
    const form = element('form', { class: 'login' },
      element('h2', {}, 'Log in'),
      element('label', { for: 'token' }, 'Token of the control API'), field,
      element('button', { id: 'login' }, 'Log in'), note);
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      api.setToken(field.value.trim());
      try {
        resolve(await api.get('caller'));
      } catch (error) {
        api.setToken(null);
        note.textContent = error.message;
        field.select();
      }
    });
    root.replaceChildren(form);
    field.focus();
  });
}
