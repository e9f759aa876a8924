import type { BillReading, CorrectionView, ElementName, Elements, VerificationView } from '@app/contracts';
import { useEffect, useReducer, useRef, type RefObject } from 'react';
import { isOpen, markElements, nextOpen, type ElementMark } from '../receipts/element-marks';
import { changeDraft, isSameAs, startDraft, toElements, type ElementsDraft } from './elements-draft';

/** The form of the five elements with its rules. */
export interface ElementsForm {
  readonly draft: ElementsDraft;
  readonly marks: readonly ElementMark[];
  /** The elements when all have their form and no doubt is left, else null. */
  readonly ready: Elements | null;
  /** The shown outcome speaks of other elements than stand in the form now. */
  readonly isStale: boolean;
  readonly submitRef: RefObject<HTMLButtonElement | null>;
  readonly edit: (name: ElementName, text: string) => void;
  readonly settle: (name: ElementName) => void;
  /** A person's agreement; leads on to the next open element, or to the button when none is left. */
  readonly confirm: (name: ElementName) => void;
  readonly clear: () => void;
  readonly focus: (name: ElementName) => void;
  readonly register: (name: ElementName, input: HTMLInputElement | null) => void;
}

interface Beginning {
  bill: BillReading | null;
  /** What a person said of the bill before. */
  correction: CorrectionView | null;
  shown: VerificationView | null;
}

/** Begins with the reading of `bill` and what was corrected of it, or with the elements of a verification that is shown again. */
export function useElementsForm({ bill, correction, shown }: Beginning): ElementsForm {
  const [draft, dispatch] = useReducer(changeDraft, null, () => startDraft(bill, correction));
  const inputs = useRef(new Map<ElementName, HTMLInputElement>());
  const submitRef = useRef<HTMLButtonElement>(null);
  const isTyped = useRef(false);
  const marks = markElements(bill, draft);

  useEffect(() => {
    dispatch({ type: 'start', bill, correction });
    // Only another review is taken over; the same one must not undo what was typed since.
  }, [correction?.version]);

  useEffect(() => {
    // What was typed while the answer was on its way is not undone by it; the outcome is shown as one of other elements then.
    if (shown && !isTyped.current) dispatch({ type: 'adopt', elements: shown.elements });
    isTyped.current = false;
    // Polling brings the same verification again and again; only another one is taken over.
  }, [shown?.id]);

  const focus = (name: ElementName): void => {
    const input = inputs.current.get(name);
    input?.focus();
    input?.select();
  };
  const confirm = (name: ElementName): void => {
    const after = changeDraft(draft, { type: 'confirm', name });
    dispatch({ type: 'confirm', name });
    const open = markElements(bill, after);
    if (open.some((mark) => mark.name === name && isOpen(mark))) return;
    const next = nextOpen(open, name);
    // After this render: the button is enabled by it.
    setTimeout(() => (next ? focus(next) : submitRef.current?.focus()));
  };

  return {
    draft,
    marks,
    ready: marks.some(isOpen) ? null : toElements(draft),
    isStale: shown !== null && !isSameAs(draft, shown.elements),
    submitRef,
    edit: (name, text) => {
      isTyped.current = true;
      dispatch({ type: 'edit', name, text });
    },
    settle: (name) => dispatch({ type: 'settle', name }),
    confirm,
    clear: () => {
      isTyped.current = false;
      dispatch({ type: 'start', bill, correction });
      focus('billCode');
    },
    focus,
    register: (name, input) => {
      if (input) inputs.current.set(name, input);
      else inputs.current.delete(name);
    },
  };
}
