/** How the outside is called. Redirects are refused: an address with a secret in it goes nowhere else. */
export const httpClient: typeof fetch = (input, init) => fetch(input, { ...init, redirect: 'error' });
