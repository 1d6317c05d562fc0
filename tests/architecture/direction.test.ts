import { expect, test } from 'vitest'
import { files, isTest, places } from './files.ts'

const styled = files(/^apps\/web\/.*\.(vue|ts|css|html)$/).filter((path) => !isTest(path))

// What has a left and a right is wrong in one of our two directions. `start` and `end` are right in both.
const classWithValue = /(?<=["'`\s:])-?(?:[mp][lr]|left|right|border-[lr]|scroll-[mp][lr])-(?:[\d[(]|px|auto|full)|(?<=["'`\s:])(?:text|float|clear)-(?:left|right)\b|(?<=["'`\s:])rounded-(?:[lr]|[tb][lr])(?:-|(?=["'`\s]))/
const css = /(?:^|[\s;{"'])(?:(?:margin|padding|border)-(?:left|right)|left|right)\s*:\s*[^:]|(?:text-align|float|clear)\s*:\s*(?:left|right)\b/

test('the patterns see what they are for, and leave the logical ones alone', () => {
  for (const wrong of ['class="ml-2"', "'pr-4'", 'class="a sm:pl-3 b"', '"text-left"', '"-left-1"', '"rounded-l-lg"', '"left-[3px]"']) expect(classWithValue.test(wrong), wrong).toBe(true)
  for (const right of ['class="ms-2 pe-4"', '"text-start"', '"start-0"', "'prose'", '"rounded-lg"', '"place-items-center"', 'left-hand side']) expect(classWithValue.test(right), right).toBe(false)
  for (const wrong of ['  margin-left: 2px;', 'left: 0', 'text-align: right;', '{ padding-right : 1px }']) expect(css.test(wrong), wrong).toBe(true)
  for (const right of ['margin-inline-start: 2px', 'inset-inline-start: 0', 'text-align: start']) expect(css.test(right), right).toBe(false)
})

test('no class in the web client speaks of left or right', () => {
  expect(places(styled.filter((path) => !path.endsWith('.css')), classWithValue)).toEqual([])
})

test('no style in the web client speaks of left or right', () => {
  expect(places(styled.filter((path) => /\.(vue|css)$/.test(path)), css)).toEqual([])
})

// The compiler drops a space that stands alone at the beginning or the end of an element: what it kept apart is read as one word.
const droppedSpace = /\}\} <\/\w|<[a-z]+(?:\s[^<>]*)?> \{\{/

test('no template relies on a space that the compiler drops', () => {
  for (const wrong of ['<i>{{ day }} </i>', '<template v-if="a"> {{ b }}']) expect(droppedSpace.test(wrong), wrong).toBe(true)
  for (const right of ['<i>{{ day }}</i> <b>', '{{ a }} <b>{{ c }}</b>', '<i>{{ `${day} ` }}</i>']) expect(droppedSpace.test(right), right).toBe(false)
  expect(places(styled.filter((path) => path.endsWith('.vue')), droppedSpace)).toEqual([])
})
