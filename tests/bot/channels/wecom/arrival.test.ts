import { describe, expect, it } from 'vitest';
import { arrivalOf } from '../../../../bot/channels/wecom/arrival.ts';
import samples from '../../../fixtures/wecom/callback-samples.json' with { type: 'json' };

const told = (type: string, fields: string, from = 'Dir.00001') =>
  arrivalOf(
    `<xml><ToUserName><![CDATA[corp]]></ToUserName><FromUserName><![CDATA[${from}]]></FromUserName>` +
      `<CreateTime>1764036000</CreateTime><MsgType><![CDATA[${type}]]></MsgType>${fields}</xml>`,
  );
const sentAt = new Date(1_764_036_000_000);

describe('what a callback tells', () => {
  it.each([
    [
      'words, digits as they were written',
      told('text', '<Content><![CDATA[007]]></Content>'),
      { kind: 'text', from: 'dir.00001', text: '007', sentAt },
    ],
    [
      'words with signs of XML in them',
      told('text', '<Content><![CDATA[a <b> & "c"]]></Content>'),
      { kind: 'text', from: 'dir.00001', text: 'a <b> & "c"', sentAt },
    ],
    [
      'a word of the menu',
      told('event', '<Event>CLICK</Event><EventKey>待办</EventKey>'),
      { kind: 'text', from: 'dir.00001', text: '待办', sentAt },
    ],
    [
      'a button of a card',
      told(
        'event',
        '<Event>template_card_event</Event><EventKey>c:visit:1</EventKey><TaskId>t1</TaskId><ResponseCode>r1</ResponseCode>',
      ),
      { kind: 'option', from: 'dir.00001', option: 'c:visit:1', taskId: 't1', responseCode: 'r1' },
    ],
    [
      'what was ticked on a card',
      told(
        'event',
        '<Event>template_card_event</Event><EventKey>choice</EventKey><TaskId>t1</TaskId><ResponseCode>r1</ResponseCode>' +
          '<SelectedItems><SelectedItem><QuestionKey>choice</QuestionKey><OptionIds><OptionId>q7.grandmother</OptionId></OptionIds></SelectedItem></SelectedItems>',
      ),
      { kind: 'option', from: 'dir.00001', option: 'q7.grandmother', taskId: 't1', responseCode: 'r1' },
    ],
    [
      'a card that was sent off without a tick',
      told(
        'event',
        '<Event>template_card_event</Event><EventKey>choice</EventKey><TaskId>t1</TaskId><ResponseCode>r1</ResponseCode><SelectedItems/>',
      ),
      { kind: 'option', from: 'dir.00001', option: 'choice', taskId: 't1', responseCode: 'r1' },
    ],
    [
      'a photo',
      told('image', '<MediaId>m1</MediaId>'),
      { kind: 'file', from: 'dir.00001', file: 'photo', mediaId: 'm1', sentAt },
    ],
    [
      'a place',
      told('location', '<Location_X>26.1</Location_X><Location_Y>119.3</Location_Y>'),
      { kind: 'place', from: 'dir.00001', latitude: 26.1, longitude: 119.3 },
    ],
    [
      'somebody who opens the app',
      told('event', '<Event>enter_agent</Event><EventKey/>'),
      { kind: 'entered', from: 'dir.00001' },
    ],
    [
      'a film',
      told('video', '<MediaId>m1</MediaId>'),
      { kind: 'unreadable', from: 'dir.00001', name: 'video' },
    ],
    [
      'a new userid',
      told(
        'event',
        '<Event>change_contact</Event><ChangeType>update_user</ChangeType><UserID>Dir.1</UserID><NewUserID>Dir.2</NewUserID>',
        'sys',
      ),
      { kind: 'contacts', change: 'update_user', userid: 'dir.1', newUserid: 'dir.2' },
    ],
    [
      'a change of a department',
      told('event', '<Event>change_contact</Event><ChangeType>delete_party</ChangeType><Id>2</Id>', 'sys'),
      { kind: 'contacts', change: 'delete_party', userid: null, newUserid: null },
    ],
    [
      'the company itself',
      told('event', '<Event>change_contact</Event>', 'sys'),
      { kind: 'ignored', name: 'change_contact' },
    ],
    [
      'a place beyond the poles',
      told('location', '<Location_X>126.1</Location_X><Location_Y>119.3</Location_Y>'),
      null,
    ],
    ['nothing of that form', arrivalOf('hello'), null],
  ])('%s', (_what, arrival, expected) => {
    expect(arrival).toEqual(expected);
  });

  it('every public sample of a self-built app is read, or ignored by its name', () => {
    const own = samples.samples.filter(({ form }) => form === 'internal');
    expect(own.length).toBeGreaterThan(20);
    const read = own.map(({ name, xml }) => [name, arrivalOf(xml)] as const);
    expect(read.filter(([, arrival]) => arrival === null).map(([name]) => name)).toEqual([]);
    for (const [, arrival] of read) if (arrival?.kind === 'ignored') expect(arrival.name).not.toBe('');
  });
});
