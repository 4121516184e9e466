import { imageAutomationRules } from './automation';
import { imagePolicyRules } from './policy';
import { imageRepositoryRules } from './repository';
import { ObjectRule } from '../rule';

/** Rules for the kinds of image-reflector-controller and image-automation-controller. */
export const imageRules: readonly ObjectRule[] = [...imageRepositoryRules, ...imagePolicyRules, ...imageAutomationRules];
