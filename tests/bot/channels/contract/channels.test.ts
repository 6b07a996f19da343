import { describeChannel } from './channel-contract.ts';
import { KF_ABILITIES, kfWorld } from './kf-world.ts';
import { simulatorWorld } from './simulator-world.ts';
import { TELEGRAM_ABILITIES, telegramWorld } from './telegram-world.ts';
import { wecomWorld } from './wecom-world.ts';

describeChannel('simulator', simulatorWorld);
describeChannel('wecom', wecomWorld);
describeChannel('kf', kfWorld, KF_ABILITIES);
describeChannel('telegram', telegramWorld, TELEGRAM_ABILITIES);
