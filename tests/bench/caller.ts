import { Agent, request } from 'node:http';

export interface Answered {
  readonly status: number;
  readonly body: string;
}

/** Lines to one address, as many as there are people. A server closes a line that was silent for long: open them anew. */
export class Caller {
  readonly #url: string;
  readonly #agent: Agent;

  constructor(url: string, people: number) {
    this.#url = url;
    this.#agent = new Agent({ keepAlive: true, maxSockets: people });
  }

  post(body: string, contentType: string, query = ''): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': contentType, 'content-length': Buffer.byteLength(body) };
      const options = { method: 'POST', agent: this.#agent, headers };
      const call = request(this.#url + query, options, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }),
        );
      });
      call.on('error', reject);
      call.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
