import { chartTemplateRules } from './chart-template';
import { failureRules } from './failure';
import { releaseNameRules } from './release-name';
import { unreadRules } from './unread';
import { valuesRules } from './values';
import { ObjectRule } from '../rule';

/** Rules for the kinds of helm-controller. */
export const helmRules: readonly ObjectRule[] = [...chartTemplateRules, ...valuesRules, ...failureRules, ...releaseNameRules, ...unreadRules];
