/** What is chosen in the chart: a tooth, and of its faces `MODBL` those that are marked; none is the whole tooth. */
export interface ChosenTooth {
  tooth: string
  surfaces: string
}
