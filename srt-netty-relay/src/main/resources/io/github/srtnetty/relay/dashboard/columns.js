// SPDX-License-Identifier: Apache-2.0
// The columns of the table of streams: how each is sorted, and how its cell is filled.
// A table that is too wide hides the columns with hideAt, the one with 1 first.
import { element, setAttribute, setText } from './dom.js';
import * as format from './format.js';
import { createSparkline, drawSparkline } from './sparkline.js';

const STATES = { live: 0, silent: 1, waiting: 2, ended: 3 };

function numeric(key, title, text, level) {
  return {
    key,
    title,
    numeric: true,
    value: (row) => row[key],
    update(cell, row) {
      setText(cell, text(row[key]));
      setAttribute(cell, 'data-value', row[key] ?? '');
      setAttribute(cell, 'class', level === undefined ? null : level(row[key]));
    },
  };
}

function uptime(row, now) {
  return row.publisher === undefined ? null : (now - Date.parse(row.publisher.connectedAt)) / 1000;
}

export function lampText(alarms) {
  return alarms.length === 0 ? 'no alarm' : alarms.join(', ');
}

export const COLUMNS = [
  {
    key: 'alarms',
    title: '!',
    label: 'Alarms',
    value: (row) => row.alarms.length,
    create: (cell) => cell.append(element('span', { class: 'lamp', role: 'img' })),
    update(cell, row) {
      const lamp = cell.firstChild;
      setAttribute(lamp, 'data-alarms', row.alarms.length);
      setAttribute(lamp, 'aria-label', lampText(row.alarms));
      setAttribute(lamp, 'title', lampText(row.alarms));
    },
  },
  {
    key: 'state',
    title: 'State',
    value: (row) => STATES[row.state],
    update(cell, row) {
      setText(cell, row.state);
      setAttribute(cell, 'class', `state ${row.state}`);
    },
  },
  {
    key: 'name',
    title: 'Stream',
    value: (row) => row.name,
    create: (cell) => cell.append(element('a', {})),
    update(cell, row) {
      setText(cell.firstChild, row.name);
      setAttribute(cell.firstChild, 'href', `#/stream/${encodeURIComponent(row.name)}`);
      setAttribute(cell.firstChild, 'title', row.name);
    },
  },
  {
    key: 'node',
    title: 'Node',
    label: 'Node of the publisher',
    value: (row) => row.node,
    update: (cell, row) => setText(cell, row.node ?? '–'),
  },
  {
    key: 'publisher',
    title: 'Publisher',
    hideAt: 5,
    value: (row) => row.publisher?.address,
    update: (cell, row) => setText(cell, format.peer(row.publisher)),
  },
  {
    key: 'uptime',
    title: 'Uptime',
    numeric: true,
    hideAt: 2,
    value: (row, now) => uptime(row, now),
    update: (cell, row, context) => setText(cell, format.duration(uptime(row, context.now))),
  },
  numeric('receivedBitsPerSecond', 'Bit rate', format.rate),
  {
    key: 'sparkline',
    title: '1 min',
    hideAt: 4,
    create: (cell) => cell.append(createSparkline()),
    update: (cell, row, context) => drawSparkline(cell.firstChild, context.rates.of(row.name)),
  },
  numeric('rttMillis', 'RTT', format.millis),
  numeric('lossPercent', 'Loss', format.percent),
  { ...numeric('retransmittedPercent', 'Retransmitted', format.percent), hideAt: 1 },
  numeric('droppedPackets', 'Drops', format.count, (drops) => (drops > 0 ? 'bad' : null)),
  {
    key: 'bufferMillis',
    title: 'Buffer / latency',
    numeric: true,
    hideAt: 3,
    value: (row) => row.bufferMillis,
    create: (cell) => cell.append(element('meter', { min: 0 }), element('span', {})),
    update(cell, row) {
      const [meter, text] = cell.children;
      const known = row.latencyMillis !== undefined;
      meter.hidden = !known;
      setAttribute(meter, 'max', known ? Math.max(1, row.latencyMillis) : 1);
      setAttribute(meter, 'value', known ? row.bufferMillis : 0);
      setText(text, known ? `${row.bufferMillis} / ${row.latencyMillis} ms` : '–');
      setAttribute(cell, 'data-value', row.bufferMillis ?? '');
    },
  },
  numeric('players', 'Players', format.count),
];
