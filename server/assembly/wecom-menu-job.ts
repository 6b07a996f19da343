import type { WecomApi } from '../../bot/channels/wecom/api.ts';
import { setMenu, type AppMenu } from '../../bot/channels/wecom/menu.ts';
import type { Job } from '../jobs/rhythm.ts';
import { say } from '../domain/say.ts';
import { faultOf } from '../platform/logger.ts';
import type { World } from './world.ts';

/** After a try that failed, so long until the next one, on the real clock (our default). */
const RETRY_MS = 30 * 60_000;

/**
 * The menu at the foot of the chat. WeCom gives room for three buttons: 紧急 is one of them and never inside a list; 走访
 * is what a director begins unasked, while 待办 comes every morning by itself. The keys are the words people type.
 */
export function appMenu({ wording }: Pick<World, 'wording'>): AppMenu {
  const button = (id: keyof typeof KEYS): { readonly name: string; readonly key: string } => ({
    name: wording.render('zh-CN', say(`wecom-menu.${id}`)),
    key: KEYS[id],
  });
  const more = ['todo', 'contact', 'late-record', 'menu', 'help'] as const;
  return [
    button('visit'),
    { name: wording.render('zh-CN', say('wecom-menu.more')), buttons: more.map(button) },
    button('urgent'),
  ];
}

const KEYS = {
  visit: '走访',
  todo: '待办',
  contact: '联系',
  'late-record': '补录',
  menu: '菜单',
  help: '帮助',
  urgent: '紧急',
} as const;

/** Gives the app its menu once after the start, where it has another one. Nothing waits for it. */
export function wecomMenuJob(world: World, api: WecomApi, agentId: number): Job {
  let nextMs: number | null = 0;
  const set = async (): Promise<void> => {
    const result = await setMenu(api, agentId, appMenu(world));
    if (result.kind === 'made') world.logger.info('wecom menu set');
    if (result.kind === 'too-long')
      world.logger.error('wecom menu has a word that is too long', { word: result.name });
    if (result.kind === 'refused') {
      world.logger.warn('wecom menu not set', { code: result.answer.code });
      nextMs = world.realClock.now().getTime() + RETRY_MS;
    }
  };
  return {
    name: 'wecom-menu',
    nextAt: () => Promise.resolve(null), // it is due by the real clock, at the next tick
    run: () => {
      if (nextMs === null || world.realClock.now().getTime() < nextMs) return Promise.resolve(0);
      nextMs = null;
      void set().catch((error: unknown) => {
        world.logger.error('job failed', { job: 'wecom-menu', ...faultOf(error) });
      });
      return Promise.resolve(0);
    },
  };
}
