// SPDX-License-Identifier: Apache-2.0
// The relay's API. The token stays in this tab: sessionStorage, and a header of each request.

const TOKEN = 'srt-netty-relay-token';
/** The relay sends an event every second; a connection without events is dead. */
const SILENCE_MILLIS = 5000;

export class ApiError extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

export function hasToken() {
  return sessionStorage.getItem(TOKEN) !== null;
}

export function setToken(token) {
  if (token === null) {
    sessionStorage.removeItem(TOKEN);
  } else {
    sessionStorage.setItem(TOKEN, token);
  }
}

async function request(method, path, signal) {
  const token = sessionStorage.getItem(TOKEN);
  const headers = token === null ? {} : { Authorization: `Bearer ${token}` };
  const answer = await fetch(`api/v1/${path}`, { method, headers, signal, cache: 'no-store', credentials: 'omit' });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new ApiError(answer.status, problem.detail ?? `the relay answered ${answer.status}`);
  }
  return answer;
}

export async function get(path, signal) {
  return (await request('GET', path, signal)).json();
}

export async function getBlob(path) {
  return (await request('GET', path)).blob();
}

export async function post(path) {
  await request('POST', path);
}

export async function remove(path) {
  await request('DELETE', path);
}

/** Reads server-sent events; EventSource cannot send a token. Returns when the relay ends the stream, throws if the connection breaks. */
export async function events(path, signal, receive) {
  const watch = new AbortController();
  const stop = () => watch.abort();
  signal.addEventListener('abort', stop);
  let timer = setTimeout(stop, SILENCE_MILLIS);
  try {
    const answer = await request('GET', path, watch.signal);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      clearTimeout(timer);
      timer = setTimeout(stop, SILENCE_MILLIS);
      const parts = (rest + value).split('\n\n');
      rest = parts.pop();
      for (const part of parts) {
        const line = part.split('\n').find((text) => text.startsWith('data: '));
        if (line !== undefined && !signal.aborted) {
          receive(JSON.parse(line.slice('data: '.length)));
        }
      }
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
