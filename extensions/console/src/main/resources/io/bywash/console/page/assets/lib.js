// The libraries are plain scripts, since their modules import each other by bare names, which only an inline import map
// could resolve, and the page allows nothing inline. The rest of the page imports them from here.
export const { h, render, Fragment } = globalThis.preact;
export const { useState, useEffect, useRef, useMemo, useReducer } = globalThis.preactHooks;
export const uPlot = globalThis.uPlot;
