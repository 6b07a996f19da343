/** How the outside is called. Redirects are refused: an address with a secret in it goes nowhere else. */
export const httpClient: typeof fetch = (input, init) => fetch(input, { ...init, redirect: 'error' });

/** The same for an address of our own that is only looked at: where it leads is an answer, and is not followed. */
export const httpLook: typeof fetch = (input, init) => fetch(input, { ...init, redirect: 'manual' });
