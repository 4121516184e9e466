import { alertRules } from './alert-rules';
import { providerRules } from './provider-rules';
import { receiverRules } from './receiver-rules';
import { ObjectRule } from './rule';

/** Rules for the kinds of notification-controller. */
export const notificationRules: readonly ObjectRule[] = [...providerRules, ...alertRules, ...receiverRules];
