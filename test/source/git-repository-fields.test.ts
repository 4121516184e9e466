import * as fc from 'fast-check';
import { gitRefOf } from './alternatives';
import { FluxSecret } from '../../src/flux';
import { FluxGitSource, GitProvider, GitVerificationMode } from '../../src/source';
import { expectFieldsCovered } from '../flux/coverage';
import { duration } from '../flux/go-duration';
import { nameArbitrary, specArbitrary } from '../schema/spec-arbitrary';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

const specs = specArbitrary('GitRepository', {
  'url': fc.constantFrom('https://git.example/team/shop.git', 'http://git.example/shop', 'ssh://git@git.example:2222/team/shop'),
  'ref': fc.oneof(
    nameArbitrary.map((branch) => ({ branch })),
    nameArbitrary.map((tag) => ({ tag })),
    fc.constantFrom({ semver: '1.x' }, { name: 'refs/pull/1/head' }, { name: 'refs/tags/v1' }, { commit: COMMIT }),
    nameArbitrary.map((branch) => ({ commit: COMMIT, branch })),
  ),
  // 'head' is how older versions spelt it.
  'verify.mode': fc.constantFrom('HEAD', 'Tag', 'TagAndHEAD'),
}).map(consistent);

/** What YAML may say and Flux, or the API server, does not take. */
function consistent({ serviceAccountName, provider, ref = { branch: 'main' }, ...spec }: any): any {
  const ssh = spec.url.startsWith('ssh:');
  const login = ssh || !provider ? {} : { provider };
  const secretRef = spec.secretRef ?? (ssh || provider === 'github' ? { name: 'login' } : undefined);
  const tagged = ref.tag || ref.semver || ref.name === 'refs/tags/v1';
  return {
    ...spec,
    ...login,
    ...(login.provider && ['aws', 'azure'].includes(provider) && serviceAccountName ? { serviceAccountName } : {}),
    ...(secretRef ? { secretRef } : {}),
    ...(spec.verify ? { verify: { ...spec.verify, mode: tagged ? spec.verify.mode ?? 'HEAD' : 'HEAD' } } : {}),
    ref,
  };
}

function providerOf({ provider, serviceAccountName }: any): GitProvider | undefined {
  const providers: { [provider: string]: () => GitProvider } = {
    generic: () => GitProvider.generic(),
    aws: () => GitProvider.aws({ serviceAccountName }),
    azure: () => GitProvider.azure({ serviceAccountName }),
  };
  return providers[provider]?.();
}

test('every field of a GitRepository can be written, and comes out as it was meant', () => {
  expectFieldsCovered({
    kind: 'GitRepository',
    specs,
    construct(scope, spec) {
      const secret = spec.provider === 'github' ? FluxSecret.githubApp : FluxSecret.fromSecretName;
      new FluxGitSource(scope, 'source', {
        name: 'shop',
        url: spec.url,
        ref: gitRefOf(spec.ref),
        interval: duration(spec.interval),
        timeout: duration(spec.timeout),
        secret: spec.secretRef && secret(spec.secretRef.name),
        provider: providerOf(spec),
        proxySecret: spec.proxySecretRef && FluxSecret.proxy(spec.proxySecretRef.name),
        ignore: spec.ignore,
        sparseCheckout: spec.sparseCheckout,
        recurseSubmodules: spec.recurseSubmodules,
        include: spec.include?.map(({ repository, fromPath, toPath }: any, i: number) => (
          { repository: FluxGitSource.fromGitRepositoryName(scope, `include ${i}`, repository.name), fromPath, toPath }
        )),
        verify: spec.verify && { secret: FluxSecret.publicKeys(spec.verify.secretRef.name), mode: spec.verify.mode },
        suspend: spec.suspend,
      });
    },
  });
});

test('the modes of verification are those of the CRD, but for one that is spelt in two ways', () => {
  expect(Object.values(GitVerificationMode).sort()).toEqual(['HEAD', 'Tag', 'TagAndHEAD']);
});
