import { describeChannel } from './channel-contract.ts';
import { simulatorWorld } from './simulator-world.ts';
import { wecomWorld } from './wecom-world.ts';

describeChannel('simulator', simulatorWorld);
describeChannel('wecom', wecomWorld);
