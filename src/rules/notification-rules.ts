import { ObjectRule } from './rule';

/** Rules for the kinds of notification-controller. */
export const notificationRules: readonly ObjectRule[] = [];
