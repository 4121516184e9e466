import { FluxSecretLayout } from './secret-layout';

const GITHUB = ['github', 'githubdispatch', 'githubpullrequestcomment'];

/** The layouts that notification-controller reads from the Secret of a Provider, which depend on where the messages go. */
export function providerSecret({ type }: any): FluxSecretLayout[] {
  const layouts = [FluxSecretLayout.TOKEN, FluxSecretLayout.ADDRESS, FluxSecretLayout.BASIC_AUTH];
  return GITHUB.includes(type) ? [...layouts, FluxSecretLayout.GITHUB_APP] : layouts;
}
