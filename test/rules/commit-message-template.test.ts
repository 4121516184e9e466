import { removedTemplateField } from '../../src/rules/image/commit-message-template';

test.each([
  '{{ .Updated }}',
  '{{.Updated.Images}}',
  'Images: {{- range .Updated.Images -}} {{ . }} {{- end -}}',
  '{{ $.Updated }}',
  '{{ range .Changed.Changes }}{{ $.Updated.Files }}{{ end }}',
  '{{ len .Updated.Images }}',
  '{{ (len .Updated.Images) }}',
  '{{ printf "%s }}" .Updated }}',
  '{{ $x := .Updated }}',
  '{{ if .Updated }}x{{ end }}',
  '{{ if .Values }}x{{ else if .Updated }}y{{ end }}',
  '{{ if .Values }}{{ .Updated }}{{ end }}',
  '{{ with .Values }}{{ .x }}{{ else }}{{ .Updated }}{{ end }}',
  '{{ with .Values }}{{ .x }}{{ else with .Updated }}{{ end }}',
  '{{ range .Changed.Changes }}{{ end }}{{ .Updated }}',
  '{{ define "x" }}{{ end }}{{ .Updated }}',
  '{{/* a comment */}}{{ .Updated }}',
  '{{ .Values.x }}{{ .Updated }}',
])('%s uses what was removed', (template) => {
  expect(removedTemplateField(template)).toEqual({ field: '.Updated', successor: '.Changed' });
});

test.each(['{{ range .Changed.ImageResult.Images }}{{ end }}', '{{ $.Changed.ImageResult }}'])('%s uses what was removed', (template) => {
  expect(removedTemplateField(template)).toEqual({ field: '.Changed.ImageResult', successor: '.Changed.Objects' });
});

test.each([
  '',
  'Updated {{',
  '.Updated',
  '}} .Updated {{ .Changed }}',
  '{{ .UpdatedAt }}',
  '{{ .Values.Updated }}',
  '{{ .Changed.Objects }}',
  '{{ .Changed.ImageResults }}',
  '{{ with .Values }}{{ .Updated }}{{ end }}',
  '{{ range .Changed.Changes }}{{ if .Setter }}{{ .Updated }}{{ end }}{{ end }}',
  '{{ with .Values.none }}{{ else with .Values }}{{ .Updated }}{{ end }}',
  '{{ with $values := .Values }}{{ $values.Updated }}{{ end }}',
  '{{ (index .Values "x").Updated }}',
  '{{ define "x" }}{{ .Updated }}{{ $.Updated }}{{ end }}',
  '{{ block "x" .Values }}{{ $.Updated }}{{ end }}',
  '{{/* .Updated */}}',
  '{{ ".Updated" }}',
  '{{ `.Updated }}` }}',
  '{{ "\\".Updated" }}',
  '{{ ".Updated',
  '{{ end }}{{ end }}',
])('%s does not', (template) => {
  expect(removedTemplateField(template)).toBeUndefined();
});

test.each(['{{', '{{ "', '{{ "\\"', '{{ `', '{{/*', 'a', '{{ a', '{{ .a', '{{ range }}', '{{ end }}', '{{ else }}', '{{    '])('many times %j is read to its end', (part) => {
  expect(removedTemplateField(part.repeat(50_000))).toBeUndefined();
  expect(removedTemplateField(`{{ ${part.slice(2).repeat(100_000)}`)).toBeUndefined();
});
