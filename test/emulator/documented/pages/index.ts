/** The documented files of every resource. */
import type { DocumentedResource } from '../documented';
import { alerts } from './alerts';
import { businessMessaging } from './business-messaging';
import { chrome } from './chrome';
import { discover } from './discover';
import { localActions } from './local-actions';
import { maps } from './maps';
import { myActivity } from './my-activity';
import { myMaps } from './mymaps';
import { myOrders } from './my-orders';
import { nest } from './nest';
import { open } from './open';
import { play } from './play';
import { save } from './save';
import { searchNotifications } from './search-notifications';
import { searchUgc } from './search-ugc';
import { shopping } from './shopping';
import { streetView } from './streetview';
import { youtube } from './youtube';

export const documented: readonly DocumentedResource[] = [
  ...[alerts, businessMessaging, chrome, discover, localActions, maps, myActivity, myMaps, myOrders].flat(),
  ...[nest, open, play, save, searchNotifications, searchUgc, shopping, streetView, youtube].flat(),
];
