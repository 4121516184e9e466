import { alertRules } from './alert';
import { providerRules } from './provider';
import { receiverRules } from './receiver';
import { ObjectRule } from '../rule';

/** Rules for the kinds of notification-controller. */
export const notificationRules: readonly ObjectRule[] = [...providerRules, ...alertRules, ...receiverRules];
