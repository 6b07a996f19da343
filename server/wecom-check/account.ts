import { z } from 'zod';
import type { Answer } from '../../bot/channels/wecom/reaction.ts';
import { plain, say } from '../domain/say.ts';
import { openBecause, type Asking } from './answers.ts';
import { mend, waits, well, type Finding } from './finding.ts';

/** Errcodes of developer.work.weixin.qq.com, document 90313. */
const WRONG_CORP = 40_013;
const WRONG_SECRET: readonly (number | null)[] = [40_001, 40_091, 41_004];
const FOREIGN_IP = 60_020;
const WRONG_AGENT: readonly (number | null)[] = [40_056, 301_002];
const AGENT_CLOSED = 50_003;

/** What `agent/get` tells of the app (document 90227). */
const agentBody = z.looseObject({ name: z.string().max(200).default(''), close: z.number().default(0) });
/** The sentence of 60020 names the address that WeCom saw; that is a help and nothing is decided by it. */
const seenIp = z.looseObject({ errmsg: z.string() });

/** Company, secret, address and app; `agent` is what WeCom tells of the app, where it came so far. */
export async function checkAccount(
  asking: Asking,
  agentId: number,
): Promise<{ readonly findings: readonly Finding[]; readonly agent: Answer | null }> {
  const signedIn = await asking.signIn();
  if (signedIn.reaction !== 'done') return { findings: withoutToken(signedIn), agent: null };
  const agent = await asking.get('/cgi-bin/agent/get', { agentid: String(agentId) });
  const known = [corpWell(), well('secret', say('wecom-check.secret-well'))];
  return {
    findings: [...known, ...addressAndApp(agent)],
    agent: agent.reaction === 'done' ? agent : null,
  };
}

function corpWell(): Finding {
  return well('corp', say('wecom-check.corp-well'));
}

function withoutToken(answer: Answer): readonly Finding[] {
  const { code } = answer;
  if (code === WRONG_CORP)
    return [
      mend('corp', say('wecom-check.corp-wrong', { code }), say('wecom-check.corp-step')),
      waits('secret'),
      waits('ip'),
      waits('agent'),
    ];
  if (code !== null && WRONG_SECRET.includes(code)) {
    const wrong = say('wecom-check.secret-wrong', { code });
    return [corpWell(), mend('secret', wrong, say('wecom-check.secret-step')), waits('ip'), waits('agent')];
  }
  if (code === FOREIGN_IP) return [waits('corp'), waits('secret'), foreignIp(answer), waits('agent')];
  return [openBecause('corp', answer), openBecause('secret', answer), waits('ip'), waits('agent')];
}

function addressAndApp(agent: Answer): readonly Finding[] {
  const { code } = agent;
  const ipWell = well('ip', say('wecom-check.ip-well'));
  if (code === FOREIGN_IP) return [foreignIp(agent), waits('agent')];
  if (code !== null && WRONG_AGENT.includes(code))
    return [ipWell, mend('agent', say('wecom-check.agent-foreign', { code }), say('wecom-check.agent-step'))];
  if (code === AGENT_CLOSED) return [ipWell, closed()];
  if (agent.reaction !== 'done') return [openBecause('ip', agent), openBecause('agent', agent)];
  const app = agentBody.safeParse(agent.body);
  if (app.data?.close === 1) return [ipWell, closed()];
  return [ipWell, well('agent', say('wecom-check.agent-well', { app: plain(app.data?.name ?? '') }))];
}

function closed(): Finding {
  return mend('agent', say('wecom-check.agent-closed'), say('wecom-check.agent-closed-step'));
}

function foreignIp({ body }: Answer): Finding {
  const told = seenIp.safeParse(body).data?.errmsg ?? '';
  const ip = /from ip: ?([0-9a-f.:]{2,45})/i.exec(told)?.[1];
  const step =
    ip === undefined ? say('wecom-check.ip-step-unseen') : say('wecom-check.ip-step', { ip: plain(ip) });
  return mend('ip', say('wecom-check.ip-wrong'), step);
}
