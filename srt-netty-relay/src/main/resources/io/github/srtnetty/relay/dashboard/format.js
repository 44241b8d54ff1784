// SPDX-License-Identifier: Apache-2.0
// Numbers and times in readable form.

const NONE = '–';

export function rate(bitsPerSecond) {
  if (bitsPerSecond === undefined || bitsPerSecond === null) {
    return NONE;
  }
  if (bitsPerSecond >= 1e9) {
    return `${(bitsPerSecond / 1e9).toFixed(2)} Gbit/s`;
  }
  if (bitsPerSecond >= 1e6) {
    return `${(bitsPerSecond / 1e6).toFixed(2)} Mbit/s`;
  }
  return `${(bitsPerSecond / 1e3).toFixed(bitsPerSecond >= 1e5 || bitsPerSecond === 0 ? 0 : 1)} kbit/s`;
}

export function millis(value) {
  return value === undefined || value === null ? NONE : `${value < 100 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

export function percent(value) {
  return value === undefined || value === null ? NONE : `${value.toFixed(value > 0 && value < 10 ? 2 : value === 0 ? 0 : 1)} %`;
}

export function count(value) {
  return value === undefined || value === null ? NONE : String(value);
}

export function bytes(value) {
  if (value < 1024) {
    return `${value} B`;
  }
  return value < 1048576 ? `${(value / 1024).toFixed(1)} KiB` : `${(value / 1048576).toFixed(1)} MiB`;
}

/** Seconds as 1:02:03, or 2 d 03:04. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined || Number.isNaN(seconds)) {
    return NONE;
  }
  const whole = Math.max(0, Math.floor(seconds));
  const two = (number) => String(number).padStart(2, '0');
  const days = Math.floor(whole / 86400);
  const hours = Math.floor((whole % 86400) / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return days > 0 ? `${days} d ${two(hours)}:${two(minutes)}` : `${hours}:${two(minutes)}:${two(whole % 60)}`;
}

export function time(iso) {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}

export function clock(iso) {
  return new Date(iso).toLocaleTimeString(undefined, { timeStyle: 'medium' });
}

/** The address of a connection, with the name of its user or node if there is one. */
export function peer(connection) {
  if (connection === undefined) {
    return NONE;
  }
  const name = connection.node ? `node ${connection.node}` : connection.label;
  return name === undefined ? connection.address : `${connection.address} (${name})`;
}
