/** An answer of the server that is not a success, in its words. `status` 0 means it could not be reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  readonly body: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    super(typeof body['message'] === 'string' ? body['message'] : `The server answered ${status}.`);
    this.status = status;
    this.code = typeof body['error'] === 'string' ? body['error'] : '';
    this.requestId = typeof body['requestId'] === 'string' ? body['requestId'] : null;
    this.body = body;
  }
}

let csrf = '';

/** The token that state-changing requests carry; it comes with the session. */
export function useCsrfToken(token: string): void {
  csrf = token;
}

async function request(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<unknown> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET' && csrf !== '') headers['x-sonde-csrf'] = csrf;
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (body !== undefined) init.body = JSON.stringify(body);
  if (signal) init.signal = signal;
  let response: Response;
  try {
    response = await fetch(`/api/ui${path}`, init);
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw new ApiError(0, { message: 'The server cannot be reached. Is it running?' });
  }
  if (response.status === 204) return undefined;
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(response.status, typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : {});
  return answer;
}

export function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return request('GET', path, undefined, signal) as Promise<T>;
}

export function post<T>(path: string, body: unknown): Promise<T> {
  return request('POST', path, body) as Promise<T>;
}

export function patch<T>(path: string, body: unknown): Promise<T> {
  return request('PATCH', path, body) as Promise<T>;
}

export function del<T>(path: string): Promise<T> {
  return request('DELETE', path, undefined) as Promise<T>;
}

/** A path below a project, each part encoded. */
export function projectPath(projectId: string, ...parts: string[]): string {
  return ['/projects', projectId, ...parts].map((p, i) => (i === 0 ? p : encodeURIComponent(p))).join('/');
}

/** `?a=1&b=2` of what is set; empty without. */
export function queryString(values: Record<string, string | number | null | undefined>): string {
  const set = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value !== null && value !== undefined && value !== '') set.set(key, String(value));
  const written = set.toString();
  return written === '' ? '' : `?${written}`;
}
