import * as fc from 'fast-check';
import { celSyntaxProblem } from '../../src/schema';

describe('celSyntaxProblem', () => {
  test.each([
    'status.conditions.filter(e, e.type == \'Ready\').all(e, e.status == \'True\')',
    'status.conditions.filter(e, e.type == \'Ready\').all(e, e.status == \'False\')',
    'has(status.observedGeneration) && metadata.generation != status.observedGeneration',
    'status.observedGeneration == metadata.generation && status.conditions.exists(c, c.type == "Synced" && c.status == "True")',
    'dep.metadata.labels[\'app/version\'] == self.metadata.labels[\'app/version\'] && dep.status.conditions.filter(e, e.type == \'Ready\').all(e, e.status == \'True\')',
    '(event.metadata.summary + \'/\' + event.involvedObject.name).split(\'/\')[0]',
    '(event.involvedObject.kind + \'/\' + event.involvedObject.name + \'/\' + event.metadata.foo + \'/\' + provider.metadata.uid.split(\'-\').first().value())',
    'has(res.metadata.labels) && req.headers["X-Event"].lowerAscii() == \'push\'',
    'req.tag.contains(res.metadata.name)',
    'req.body.action in ["insert", "delete"] && res.metadata.name == req.body.repository.split("/").last().value()',
    'claims.repository_owner == \'fluxcd\' && claims.aud.exists(a, a == \'flux\')',
    'data.?phase.orValue(\'\') == \'Succeeded\'',
    'status.?conditions[?0].?status.orValue("Unknown") == "True"',
    'a[?\'b\'].hasValue() ? a[? \'b\'].value() : optional.none().orValue(1)',
    '[?a.?b, ?c, {?\'key\': d, ?"other": e}].size() > 0',
    'a.?b.optMap(x, x + 1).orValue(0)',
    'sets.contains([1, 2, 3], [2]) && sets.intersects(a, b)',
    'base64.decode(data.key) == b\'abc\'',
    'name.matches(r\'^\\d+$\') && other.matches("\\\\d") && x == \'\\u00e9\\x41\\101\'',
    'text == \'a ? b\' || text == "[?" || text == \'it\\\'s .?\' || text == r"\\[?" || text == """[?"""',
    'a ? [b] : {"c": -1}',
    'size(self.items.map(i, i.size > 2, i.name)) >= 0x1F || 1.5e3 < 2.0 || 3u == 3u',
    'timestamp(a) - duration("1h") < now',
    'self.namespace == self.if',
    'self.all(k, self[k].exists_one(v, v == k)) && !(x || !!y)',
    'has(a.b.c)',
    '// why\na &&\n  b // so',
    'dyn([1, "a"])[0] == type(1)',
    ' a ',
  ])('is fine: %s', (expression) => {
    expect(celSyntaxProblem(expression)).toBeUndefined();
  });

  test('says where an expression cannot be read', () => {
    const broken = [
      '', ' \n', 'a =', 'a = b', 'a == ', 'a b', '\'unterminated', 'a.b(\'x', 'a &&\n  (b ||', '(a', 'a)', 'status.phase = "Succeeded" and more of it', 'a ? b', 'é', 'a && !-b',
      'in', 'status == if', 'a ?? b', 'a ?.b', 'a?.b', '\'a\' \'b\'', '{{ a }}', '${A}', 'a.`b-c`', 'a || // or',
      'has(status)', 'has(a["b"]) && c', 'a.all(x.y, true)', '[a.map(1, 2)]', 'a.filter("x", x)', '{"a": b.c(d.exists(1, 2))}',
      '('.repeat(5000),
    ];
    expect(Object.fromEntries(broken.map((expression) => [expression.slice(0, 50), celSyntaxProblem(expression)]))).toMatchInlineSnapshot(`
{
  "": "it is empty",
  " 
": "it is empty",
  "\${A}": "it cannot be read from column 1 on: \${A}",
  "'a' 'b'": "it cannot be read from column 5 on: 'b'",
  "'unterminated": "it cannot be read from column 1 on: 'unterminated",
  "((((((((((((((((((((((((((((((((((((((((((((((((((": "it is nested too deeply",
  "(a": "it ends too early",
  "[a.map(1, 2)]": "the first argument of map() is the name of a variable",
  "a &&
  (b ||": "it cannot be read from column 3 on: &&",
  "a && !-b": "it cannot be read from column 3 on: && !-b",
  "a =": "it cannot be read from column 3 on: =",
  "a = b": "it cannot be read from column 3 on: = b",
  "a == ": "it cannot be read from column 3 on: == ",
  "a ? b": "it cannot be read from column 3 on: ? b",
  "a ?.b": "it cannot be read from column 3 on: ?.b",
  "a ?? b": "it cannot be read from column 3 on: ?? b",
  "a b": "it cannot be read from column 3 on: b",
  "a || // or": "it cannot be read from column 3 on: || // or",
  "a)": "it cannot be read from column 2 on: )",
  "a.\`b-c\`": "it cannot be read from column 2 on: .\`b-c\`",
  "a.all(x.y, true)": "the first argument of all() is the name of a variable",
  "a.b('x": "it cannot be read from column 2 on: .b('x",
  "a.filter("x", x)": "the first argument of filter() is the name of a variable",
  "a?.b": "it cannot be read from column 2 on: ?.b",
  "has(a["b"]) && c": "has() takes a field, such as has(a.b)",
  "has(status)": "has() takes a field, such as has(a.b)",
  "in": "'in' is a reserved word",
  "status == if": "'if' is a reserved word",
  "status.phase = "Succeeded" and more of it": "it cannot be read from column 14 on: = "Succeeded" and mo...",
  "{"a": b.c(d.exists(1, 2))}": "the first argument of exists() is the name of a variable",
  "{{ a }}": "it cannot be read from column 6 on: }}",
  "é": "it cannot be read from column 1 on: é",
}
`);
  });

  test('never throws', () => {
    const piece = fc.constantFrom('a', '.', '?', '[', ']', '{', '}', '(', ')', '\'', '"', '"""', 'r\'', '\\', ',', ':', ' ', '\n', '//', '1', 'has(', '.all(x,', '&&', '==', 'é', '😀');
    fc.assert(fc.property(fc.array(piece).map((pieces) => pieces.join('')), (expression) => {
      expect(['string', 'undefined']).toContain(typeof celSyntaxProblem(expression));
    }), { numRuns: 1000 });
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (expression) => {
      expect(['string', 'undefined']).toContain(typeof celSyntaxProblem(expression));
    }));
  });
});
