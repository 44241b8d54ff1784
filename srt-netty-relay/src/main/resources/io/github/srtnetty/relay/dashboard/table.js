// SPDX-License-Identifier: Apache-2.0
// The table of streams. Only visible rows are in the document, so 1,000 streams cost as much as 30.
import { element, setAttribute, setText } from './dom.js';
import { COLUMNS } from './columns.js';
import { Rates } from './sparkline.js';

const ROW_PIXELS = 36;
const SPARE_ROWS = 6;
const MOST_HIDDEN = Math.max(...COLUMNS.map((column) => column.hideAt ?? 0));

export class StreamTable {
  #rates = new Rates();
  #snapshot = { time: new Date(0).toISOString(), streams: [] };
  #list = [];
  #rows = new Map();
  #sort = { key: 'name', up: true };
  #filter = element('input', { type: 'search', id: 'filter', placeholder: 'name or address ( / )' });
  #state = element('select', { id: 'state' },
    ...['all', 'live', 'silent', 'waiting', 'ended'].map((state) => element('option', {}, state)));
  #count = element('span', { id: 'count', role: 'status' });
  #above = element('tr', { class: 'space', 'aria-hidden': 'true' }, element('td', { colspan: COLUMNS.length }));
  #below = element('tr', { class: 'space', 'aria-hidden': 'true' }, element('td', { colspan: COLUMNS.length }));
  #body = element('tbody', {}, this.#above, this.#below);
  #table = element('table', { id: 'streams', 'aria-label': 'Streams' });
  #scroller = element('div', { class: 'scroller', tabindex: 0, role: 'region', 'aria-label': 'Streams' }, this.#table);
  #frame = 0;
  /** For each level of hidden columns the width that the table had before. */
  #hidden = [];

  constructor(root) {
    this.#table.append(element('thead', {}, element('tr', {}, ...COLUMNS.map((column) => this.#header(column)))), this.#body);
    root.replaceChildren(
      element('div', { class: 'tools' },
        element('label', { for: 'filter' }, 'Filter'), this.#filter,
        element('label', { for: 'state' }, 'State'), this.#state, this.#count),
      this.#scroller);
    this.#filter.addEventListener('input', () => this.#arrange());
    this.#state.addEventListener('change', () => this.#arrange());
    this.#scroller.addEventListener('scroll', () => this.#later());
    this.#table.addEventListener('keydown', (event) => this.#move(event));
    new ResizeObserver(() => this.#later()).observe(this.#scroller);
    this.#arrange();
  }

  focusFilter() {
    this.#filter.focus();
  }

  /** Starts the sparklines with the history of the relay. */
  load(sparklines) {
    this.#rates.load(sparklines);
  }

  show(snapshot) {
    this.#snapshot = snapshot;
    setAttribute(this.#table, 'data-cluster', snapshot.cluster === undefined ? null : '');
    this.#rates.add(snapshot);
    this.#arrange();
    setAttribute(this.#table, 'data-time', snapshot.time);
  }

  #header(column) {
    const button = element('button', { type: 'button', title: column.label ?? column.title }, column.title);
    const cell = element('th', { scope: 'col', 'data-column': column.key,
      'data-hide-at': column.hideAt ?? false, 'data-numeric': column.numeric === true });
    if (column.value === undefined) {
      cell.append(column.title);
      return cell;
    }
    cell.append(button);
    button.addEventListener('click', () => {
      const again = this.#sort.key === column.key;
      this.#sort = { key: column.key, up: again ? !this.#sort.up : !column.numeric };
      this.#arrange();
    });
    return cell;
  }

  #arrange() {
    const wanted = this.#filter.value.trim().toLowerCase();
    const state = this.#state.value;
    const column = COLUMNS.find(({ key }) => key === this.#sort.key);
    const now = Date.parse(this.#snapshot.time);
    const sign = this.#sort.up ? 1 : -1;
    this.#list = this.#snapshot.streams
      .filter((row) => (state === 'all' || row.state === state) && matches(row, wanted))
      .map((row) => ({ row, value: column.value(row, now) }))
      .sort((a, b) => sign * compared(a.value, b.value) || compared(a.row.name, b.row.name))
      .map(({ row }) => row);
    for (const cell of this.#table.tHead.rows[0].cells) {
      const sorted = cell.dataset.column === this.#sort.key;
      setAttribute(cell, 'aria-sort', sorted ? (this.#sort.up ? 'ascending' : 'descending') : null);
    }
    const all = this.#snapshot.streams.length;
    const streams = all === 1 ? '1 stream' : `${all} streams`;
    setText(this.#count, this.#list.length === all ? streams : `${this.#list.length} of ${streams}`);
    setAttribute(this.#table, 'aria-rowcount', this.#list.length + 1);
    this.#draw();
  }

  #later() {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  /** Hides columns in the order of their hideAt until the others fit, and shows them again when there is room. */
  #fit() {
    const room = this.#scroller.clientWidth;
    let level = this.#hidden.length;
    while (level > 0 && room >= this.#hidden[level - 1]) {
      level--;
    }
    this.#hidden.length = level;
    this.#hide();
    while (this.#hidden.length < MOST_HIDDEN && this.#scroller.scrollWidth > room) {
      this.#hidden.push(this.#scroller.scrollWidth);
      this.#hide();
    }
  }

  #hide() {
    const levels = this.#hidden.map((width, index) => index + 1).join(' ');
    setAttribute(this.#table, 'data-hidden', levels === '' ? null : levels);
  }

  /** Fills the visible rows; a row stays the same element while it is visible, so it keeps the focus. */
  #draw() {
    const height = Math.max(this.#scroller.clientHeight, ROW_PIXELS);
    const first = Math.max(0, Math.floor(this.#scroller.scrollTop / ROW_PIXELS) - SPARE_ROWS);
    const last = Math.min(this.#list.length, first + Math.ceil(height / ROW_PIXELS) + 2 * SPARE_ROWS);
    const visible = new Map();
    const context = { now: Date.parse(this.#snapshot.time), rates: this.#rates };
    const spare = [];
    const names = new Set(this.#list.slice(first, last).map((row) => row.name));
    for (const [name, row] of this.#rows) {
      if (!names.has(name) && row.contains(document.activeElement)) {
        row.remove(); // the focus must not go to another stream
      } else if (!names.has(name)) {
        spare.push(row);
      }
    }
    let place = this.#above.nextSibling;
    for (let index = first; index < last; index++) {
      const data = this.#list[index];
      const row = this.#rows.get(data.name) ?? spare.pop() ?? createRow();
      visible.set(data.name, row);
      fill(row, data, context, index);
      if (row === place) {
        place = place.nextSibling;
      } else {
        this.#body.insertBefore(row, place);
      }
    }
    spare.forEach((row) => row.remove());
    this.#rows = visible;
    this.#above.firstChild.style.height = `${first * ROW_PIXELS}px`;
    this.#below.firstChild.style.height = `${(this.#list.length - last) * ROW_PIXELS}px`;
    this.#above.hidden = first === 0;
    this.#below.hidden = last === this.#list.length;
    this.#fit();
  }

  /** Moves the focus between the stream names with the keys of a list. */
  #move(event) {
    const page = Math.max(1, Math.floor(this.#scroller.clientHeight / ROW_PIXELS) - 2);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    const from = event.target.closest('tbody tr');
    if (step === undefined || from === null) {
      return;
    }
    event.preventDefault();
    const index = Number(from.getAttribute('aria-rowindex')) - 2;
    const to = Math.min(this.#list.length - 1, Math.max(0, index + step));
    const top = to * ROW_PIXELS;
    const room = this.#scroller.clientHeight - 3 * ROW_PIXELS;
    this.#scroller.scrollTop = Math.min(top, Math.max(top - room, this.#scroller.scrollTop));
    this.#draw();
    this.#rows.get(this.#list[to].name)?.querySelector('a').focus({ preventScroll: true });
  }
}

function createRow() {
  const row = element('tr');
  for (const column of COLUMNS) {
    const cell = element('td', {
      'data-column': column.key,
      'data-hide-at': column.hideAt ?? false,
      'data-numeric': column.numeric === true,
    });
    column.create?.(cell);
    row.append(cell);
  }
  return row;
}

function fill(row, data, context, index) {
  setAttribute(row, 'data-name', data.name);
  setAttribute(row, 'aria-rowindex', index + 2);
  setAttribute(row, 'data-state', data.state);
  COLUMNS.forEach((column, place) => column.update(row.cells[place], data, context));
}

function matches(row, wanted) {
  return wanted === '' || row.name.toLowerCase().includes(wanted)
    || (row.publisher !== undefined && row.publisher.address.includes(wanted));
}

/** Missing values come last when the order ascends. */
function compared(a, b) {
  if (a === b) {
    return 0;
  }
  if (a === undefined || a === null) {
    return 1;
  }
  if (b === undefined || b === null) {
    return -1;
  }
  return a < b ? -1 : 1;
}
