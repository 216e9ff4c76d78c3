/** Microseconds; timestamps are relative to a skeleton's base unless said otherwise. */
export type Micros = number;
/** Milliseconds. */
export type Millis = number;
/** US dollars. Only shown, never added up to a bill. */
export type Usd = number;
