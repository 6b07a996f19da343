import { describe, expect, it } from 'vitest';
import { settingsIn, timeOfDay } from '../../../bot/understanding/settings-words.ts';

describe('a wish about the bot’s own habits', () => {
  it.each([
    ['早上8点提醒我', { digestMinutes: 480 }],
    ['以后每天早上八点半发清单吧', { digestMinutes: 510 }],
    ['晚上7点提醒我', { digestMinutes: 1140 }],
    ['中午十二点提醒我。', { digestMinutes: 720 }],
    ['清单改成早上七点半', { digestMinutes: 450 }],
    ['把提醒时间调到晚上八点吧', { digestMinutes: 1200 }],
    ['remind me at 7:30', { digestMinutes: 450 }],
    ['晚上九点以后别发', { quietFromMinutes: 1260 }],
    ['九点以后不要发消息了', { quietFromMinutes: 1260 }],
    ['早上七点以前别打扰我', { quietUntilMinutes: 420 }],
    ['nothing after 9 pm', { quietFromMinutes: 1260 }],
    ['大步', { steps: 'large' }],
    ['一步一步来', { steps: 'small' }],
  ])('%s', (text, change) => {
    expect(settingsIn(text)).toEqual(change);
  });

  it.each([
    '今天早上8点去看了小明',
    '奶奶说晚上九点以后别让他玩手机',
    '提醒我明天去看小红',
    '早上25点提醒我',
    '早上8点',
    '小明走路一小步一小步的',
  ])('is not %s', (text) => {
    expect(settingsIn(text)).toBeNull();
  });

  it.each([
    ['早上八点半', 510],
    ['7:30', 450],
    ['下午三点一刻', 915],
    ['8 pm', 1200],
    ['晚上十二点', 0],
    ['八点多', null],
    ['小明', null],
  ])('%s as a time of day', (text, minutes) => {
    expect(timeOfDay(text)).toBe(minutes);
  });
});
