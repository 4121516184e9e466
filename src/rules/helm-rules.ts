import { chartTemplateRules } from './helm/chart-template';
import { failureRules } from './helm/failure';
import { releaseNameRules } from './helm/release-name';
import { unreadRules } from './helm/unread';
import { valuesRules } from './helm/values';
import { ObjectRule } from './rule';

/** Rules for the kinds of helm-controller. */
export const helmRules: readonly ObjectRule[] = [...chartTemplateRules, ...valuesRules, ...failureRules, ...releaseNameRules, ...unreadRules];
