// SPDX-License-Identifier: Apache-2.0
import { element } from './dom.js';
import * as api from './api.js';

/** Saves the history of a stream as a file. A link could not send the token. */
export async function saveCsv(name, range) {
  const blob = await api.getBlob(`streams/${encodeURIComponent(name)}/history.csv?range=${range}`);
  const url = URL.createObjectURL(blob);
  const file = `${name.replace(/[^A-Za-z0-9._-]/g, '_')}-${range}.csv`;
  element('a', { href: url, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
