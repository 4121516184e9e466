import { imageAutomationRules } from './image-automation-rules';
import { imagePolicyRules } from './image-policy-rules';
import { imageRepositoryRules } from './image-repository-rules';
import { ObjectRule } from './rule';

/** Rules for the kinds of image-reflector-controller and image-automation-controller. */
export const imageRules: readonly ObjectRule[] = [...imageRepositoryRules, ...imagePolicyRules, ...imageAutomationRules];
