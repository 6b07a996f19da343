import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { fakeWecom, SAMPLE_KF } from './fake-wecom.ts';
import { PhonePages } from './phone-pages.ts';

/**
 * `npm run fake:wecom`: a WeCom to try the real channel with, without a tenant. Options: --port, --callback, and --members
 * with user ids (those of the imported staff), separated by commas.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8787' },
    callback: { type: 'string', default: 'http://127.0.0.1:3000/channels/wecom/callback' },
    members: {
      type: 'string',
      default: 'dir.00001,dir.00002,dir.00003,sup.001,sup.002,county.desk,county.leader',
    },
  },
});

const SETTINGS = {
  corpId: 'wwfake0123456789ab',
  agentId: 1000002,
  secret: 'only-for-trying-things-out',
  token: 'TryingThingsOut',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
};
const LOOK_AGAIN_MS = 3_000;

const pages = new PhonePages();
const wecom = await fakeWecom({
  ...{ clock: { now: () => new Date() }, seed: Date.now(), ...SETTINGS },
  ...{ callbackUrl: values.callback, port: Number(values.port), page: pages.page },
  members: values.members.split(',').map((userid) => userid.trim()),
});
pages.open(wecom);

console.log(`
假企业微信已经在 ${wecom.url} 运行。它不连网，也不认识真正的企业微信。
A fake WeCom runs at ${wecom.url}. It is connected to nothing, and knows nothing of the real one.

1. 在另一个终端里设置下面几行，再启动护童。
   In another terminal, set these lines and start 护童.

export WECOM_CORP_ID=${SETTINGS.corpId}
export WECOM_AGENT_ID=${SETTINGS.agentId}
export WECOM_AGENT_SECRET=${SETTINGS.secret}
export WECOM_CALLBACK_TOKEN=${SETTINGS.token}
export WECOM_ENCODING_AES_KEY=${SETTINGS.aesKey}
export WECOM_API_BASE=${wecom.url}
export WECOM_LOGIN_BASE=${wecom.url}
export PUBLIC_URL=${new URL(values.callback).origin}
export WECOM_KF_OPEN_KFID=${SAMPLE_KF}
npm start

2. 用浏览器打开 ${wecom.url} ，选一个人，像在手机上一样聊天、按按钮。
   Open ${wecom.url} in a browser, choose a person, chat and press buttons as on a phone.

3. 打开 ${new URL('/channels/wecom/login', values.callback).href} ，选一个人，就像在企业微信里点开工作台网页。
   Open that address and choose a person, as if a page of the app were opened inside WeCom.

等待回调地址 ${values.callback} 应答……（Ctrl+C 结束）
Waiting for the callback address to answer … (Ctrl+C ends)`);

let said = '';
for (;;) {
  const { ok, status } = await wecom.callbacks.verify();
  if (ok) break;
  const problem = status === null ? '没有应答 / no answer' : `应答不对 / a wrong answer: HTTP ${status}`;
  if (problem !== said) console.log(problem);
  said = problem;
  await wait(LOOK_AGAIN_MS);
}
console.log('回调地址验证通过，可以开始了。\nThe callback address is verified; go ahead.');
