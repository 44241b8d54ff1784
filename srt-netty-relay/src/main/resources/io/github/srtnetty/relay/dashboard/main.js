// SPDX-License-Identifier: Apache-2.0
// Starts the page: logs in, shows the table or a stream depending on the address, and reads the relay's events.
import * as api from './api.js';
import { element, message, setAttribute, setText } from './dom.js';
import { login } from './login.js';
import { NodeTable, withOrigins } from './nodes.js';
import { StreamPage } from './stream.js';
import { StreamTable } from './table.js';

const MOST_WAIT_MILLIS = 10000;

const main = document.getElementById('main');
let caller = null;
let uPlot = null;
let table = null;
let running = new AbortController();

function connection(state) {
  setText(document.getElementById('connection'), state);
  setAttribute(document.body, 'data-connection', state);
}

/** Reads events until the address changes; reconnects after a growing delay. */
async function follow(path, signal, receive) {
  let wait = 500;
  while (!signal.aborted) {
    try {
      await api.events(path, signal, (data) => {
        wait = 500;
        connection(data.draining ? 'draining: no new connections' : 'live');
        receive(data);
      });
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (error instanceof api.ApiError && error.status === 401) {
        start();
        return;
      }
      if (error instanceof api.ApiError) {
        message(error.message);
      }
    }
    connection('reconnecting');
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(MOST_WAIT_MILLIS, wait * 2);
  }
}

function route() {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  message('');
  table = null;
  const found = /^#\/stream\/(.+)$/.exec(location.hash);
  if (found === null) {
    showTable(signal);
  } else {
    showStream(decodeURIComponent(found[1]), signal);
  }
}

async function showTable(signal) {
  document.title = 'srt-netty relay';
  const nodes = new NodeTable(main);
  const streams = element('div');
  main.append(streams);
  table = new StreamTable(streams);
  const shown = table;
  api.get('dashboard/sparklines', signal).then((values) => shown.load(values)).catch(() => {});
  await follow('dashboard/events', signal, (snapshot) => {
    nodes.show(snapshot);
    shown.show(withOrigins(snapshot));
  });
}

async function showStream(name, signal) {
  document.title = `${name} – srt-netty relay`;
  const page = new StreamPage(main, name, caller, uPlot);
  signal.addEventListener('abort', () => page.close());
  await follow(`dashboard/events?stream=${encodeURIComponent(name)}`, signal, (detail) => page.show(detail));
}

async function findCaller() {
  for (;;) {
    try {
      return await api.get('caller');
    } catch (error) {
      if (error instanceof api.ApiError && error.status === 401) {
        const reason = api.hasToken() ? error.message : '';
        api.setToken(null);
        connection('logged out');
        return login(main, reason);
      }
      connection('reconnecting');
      main.replaceChildren(element('p', { class: 'bad' }, error.message));
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}

async function start() {
  running.abort();
  setText(document.getElementById('caller'), '');
  document.getElementById('logout').hidden = true;
  caller = await findCaller();
  setText(document.getElementById('caller'), `${caller.name} (${caller.role})`);
  document.getElementById('logout').hidden = !api.hasToken();
  route();
}

document.getElementById('logout').addEventListener('click', () => {
  api.setToken(null);
  start();
});
addEventListener('hashchange', () => {
  if (caller !== null) {
    route();
  }
});
addEventListener('keydown', (event) => {
  if (event.key === '/' && table !== null && event.target.closest('input, select, textarea') === null) {
    event.preventDefault();
    table.focusFilter();
  }
  if (event.key === 'Escape' && table === null && caller !== null && !document.getElementById('confirm').open) {
    location.hash = '#/';
  }
});

try {
  uPlot = (await import('./uPlot.esm.js')).default;
} catch (error) {
  uPlot = null; // uPlot's WebJar is not on the relay's class path
}
await start();
