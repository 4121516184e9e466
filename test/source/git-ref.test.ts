import { GitRef } from '../../src/source';

const SHA1 = '0123456789abcdef0123456789abcdef01234567';
const SHA256 = SHA1 + '89abcdef0123456789abcdef';

test.each([
  ['a branch', GitRef.branch('feature/x'), { branch: 'feature/x' }, 'feature/x'],
  ['a tag', GitRef.tag('v1.0.0'), { tag: 'v1.0.0' }, undefined],
  ['a range of tags', GitRef.semver('>=1.0.0 <2.0.0'), { semver: '>=1.0.0 <2.0.0' }, undefined],
  ['a reference by name', GitRef.refName('refs/pull/420/head'), { name: 'refs/pull/420/head' }, undefined],
  ['a commit', GitRef.commit(SHA1), { commit: SHA1 }, undefined],
  ['a commit by SHA-256', GitRef.commit(SHA256), { commit: SHA256 }, undefined],
  ['a commit on a branch, which is not followed', GitRef.commit(SHA1, 'main'), { commit: SHA1, branch: 'main' }, undefined],
])('%s', (_, ref, fields, branchName) => {
  expect(JSON.parse(JSON.stringify(ref._toSpec()))).toEqual(fields);
  expect(ref.branchName).toBe(branchName);
});

test.each([
  ['branch', () => GitRef.branch(''), 'GitRef.branch: it is empty. Name the branch.'],
  ['tag', () => GitRef.tag(''), 'GitRef.tag: it is empty. Name the tag.'],
  ['semver', () => GitRef.semver(''), 'GitRef.semver: it is empty. Name the semver.'],
])('an empty %s is refused', (_, make, message) => {
  expect(make).toThrow(message);
});

test.each(['main', 'heads/main', 'refs/', '', 'xrefs/heads/main'])('%j is no full reference', (name) => {
  expect(() => GitRef.refName(name)).toThrow(`GitRef.refName: '${name}' is no full reference. Write 'refs/heads/<branch>', or use GitRef.branch().`);
});

test.each(['', 'main', SHA1.slice(1), SHA1 + '0', SHA1.toUpperCase(), SHA256 + '0', `${SHA1}\n`, 'g'.repeat(40)])('%j is no commit', (commit) => {
  expect(() => GitRef.commit(commit)).toThrow(
    `GitRef.commit: '${commit}' is no commit. Give its full hash in lower case: 40 hexadecimal digits (64 with SHA-256).`,
  );
});
