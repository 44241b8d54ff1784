// SPDX-License-Identifier: Apache-2.0

/** Asks before something is disconnected or reset; resolves with true or false. */
export function confirmed(question, verb) {
  const dialog = document.getElementById('confirm');
  document.getElementById('confirm-text').textContent = question;
  document.getElementById('confirm-yes').textContent = verb;
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}
