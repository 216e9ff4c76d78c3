// The server under test, as plain HTTP: what a client wrote is read back without that client.
import { randomUUID } from 'node:crypto';
import { OWN, record } from './operations.js';

export const url = needed('LANGFUSE_BASE_URL');
export const publicKey = needed('LANGFUSE_PUBLIC_KEY');
export const secretKey = needed('LANGFUSE_SECRET_KEY');
export const projectId = needed('SONDE_PROJECT');

if (process.env.SONDE_OPERATIONS) {
  record(url, process.env.SONDE_OPERATIONS);
}

/** What GET answers, as JSON; any status but 200 fails the test. */
export async function read(path) {
  const response = await request(path);
  const text = await response.text();
  if (response.status !== 200) {
    throw new Error(`GET ${path}: ${response.status} ${text}`);
  }
  return JSON.parse(text);
}

/** The answer to GET, whatever its status. */
export function request(path) {
  const credentials = Buffer.from(`${publicKey}:${secretKey}`).toString('base64');
  return fetch(`${url}/api/public${path}`, {
    headers: { Authorization: `Basic ${credentials}`, [OWN]: 'yes' },
  });
}

/** A name that no other test and no earlier run uses. */
export function fresh(name) {
  return `${name}-${randomUUID()}`;
}

/** Only these fields of an entity, so that it can be compared as a whole. */
export function pick(entity, ...fields) {
  return Object.fromEntries(fields.map((field) => [field, entity[field]]));
}

/** Observations of a trace by their name. */
export function byName(observations) {
  return Object.fromEntries(observations.map((observation) => [observation.name, observation]));
}

function needed(variable) {
  const value = process.env[variable];
  if (!value) {
    throw new Error(`${variable} is not set`);
  }
  return value;
}
