import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type TelegramTestApi from 'telegram-test-api';
import { HandClock, startService, type RunningService } from './start-service.ts';

const TOKEN = '700002:token-of-the-other-bot';
const SECRET = 'a-secret-of-the-other-bot';

/** Its types say that the class is the default; what is there is the class itself. */
const TelegramServer = createRequire(import.meta.url)('telegram-test-api') as typeof TelegramTestApi.default;

type TestServer = InstanceType<typeof TelegramServer>;
type Client = ReturnType<TestServer['getClient']>;

interface Button {
  readonly text: string;
  readonly callback_data: string;
}
interface Sent {
  readonly messageId: number;
  readonly message: {
    readonly chat_id: string | number;
    readonly text: string;
    readonly reply_markup?: { readonly inline_keyboard: readonly (readonly Button[])[] };
  };
}

/**
 * The whole service against `telegram-test-api`, a Telegram that nobody here wrote: real HTTP both ways. It knows no
 * secret, so a door of its own stands in between and shows ours.
 */
export class TelegramTestStage {
  readonly running: RunningService;
  readonly #clock: HandClock;
  readonly #server: TestServer;
  readonly #door: Server;
  readonly #clients = new Map<number, Client>();

  private constructor(parts: {
    readonly running: RunningService;
    readonly clock: HandClock;
    readonly server: TestServer;
    readonly door: Server;
  }) {
    this.running = parts.running;
    this.#clock = parts.clock;
    this.#server = parts.server;
    this.#door = parts.door;
  }

  static async start(at: string): Promise<TelegramTestStage> {
    const clock = new HandClock(at);
    const server = new TelegramServer({
      host: '127.0.0.1',
      port: await freePort(),
      storeTimeout: 600,
    });
    await server.start();
    const running = await startService({
      clock,
      env: {
        TELEGRAM_BOT_TOKEN: TOKEN,
        TELEGRAM_API_ROOT: server.config.apiURL,
        TELEGRAM_WEBHOOK_SECRET: SECRET,
      },
    });
    const door = doorTo(`${running.url}/channels/telegram/webhook`);
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((door.address() as AddressInfo).port)}/`;
    server.setWebhook({ url }, TOKEN);
    const stage = new TelegramTestStage({ running, clock, server, door });
    await stage.#answered();
    return stage;
  }

  async says(chat: number, words: string): Promise<string> {
    const client = this.#clientOf(chat);
    await client.sendMessage(client.makeMessage(words));
    await this.#answered();
    return this.read(chat).at(-1) ?? '';
  }

  /** Presses the newest button that begins so. */
  async presses(chat: number, label: string): Promise<string> {
    const all = this.#sentTo(chat).map((sent) => ({ sent, buttons: buttonsOf(sent) }));
    const shown = all.findLast(({ buttons }) => buttons.some(({ text }) => text.startsWith(label)));
    const button = shown?.buttons.find(({ text }) => text.startsWith(label));
    if (shown === undefined || button === undefined)
      throw new Error(`no button ${label}: ${this.read(chat).join('\n')}`);
    const { message, messageId } = shown.sent;
    const under = { message_id: messageId, date: 1, text: message.text, reply_markup: message.reply_markup };
    const client = this.#clientOf(chat);
    const query = client.makeCallbackQuery(button.callback_data, { message: under });
    await client.sendCallback(query);
    await this.#answered();
    return this.read(chat).at(-1) ?? '';
  }

  read(chat: number): readonly string[] {
    return this.#sentTo(chat).map(({ message }) => message.text);
  }

  async stop(): Promise<void> {
    await this.running.stop();
    await new Promise<void>((resolve) => {
      this.#door.close(() => {
        resolve();
      });
      this.#door.closeAllConnections();
    });
    await this.#server.stop();
  }

  #clientOf(chat: number): Client {
    const client = this.#clients.get(chat) ?? this.#server.getClient(TOKEN, { userId: chat, chatId: chat });
    this.#clients.set(chat, client);
    return client;
  }

  #sentTo(chat: number): readonly Sent[] {
    const all = this.#server.storage.botMessages as unknown as readonly Sent[];
    return all.filter(({ message }) => Number(message.chat_id) === chat);
  }

  async #answered(): Promise<void> {
    const { service } = this.running;
    this.#clock.pass(6_000);
    await service.conversation.quiet();
    await service.beat();
    await service.conversation.quiet();
  }
}

function buttonsOf({ message }: Sent): readonly Button[] {
  return message.reply_markup?.inline_keyboard.flat() ?? [];
}

/** Hands on what comes in, with the secret that Telegram would have shown. */
function doorTo(url: string): Server {
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET };
      void fetch(url, { method: 'POST', headers, body: Buffer.concat(chunks).toString('utf8') }).then(
        ({ status }) => response.writeHead(status).end(),
        () => response.writeHead(502).end(),
      );
    });
  });
}

/** The server takes 0 for its usual port, which another test may have. */
async function freePort(): Promise<number> {
  const one = createServer();
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  const { port } = one.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    one.close(() => {
      resolve();
    });
  });
  return port;
}
