// SPDX-License-Identifier: MIT
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface PopoverProps {
  /** Id of what opens, unique on the page. */
  readonly id: string;
  readonly class: string;
  /** Whether the button shows that something in here is on. */
  readonly isOn?: boolean;
  /** Name of the button where its content is not one. */
  readonly label?: string;
  readonly isDisabled?: boolean;
  readonly button: ComponentChildren;
  /** What opens; drawn only while it is open. */
  readonly children: (close: () => void) => ComponentChildren;
}

/** A button that opens a small frame below it. Escape, a press elsewhere and leaving by keyboard close it. */
export function Popover({ id, class: name, isOn = false, label, isDisabled = false, button, children }: PopoverProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!isOpen) return undefined;
    const onPointer = (event: PointerEvent): void => {
      if (event.target instanceof Node && root.current?.contains(event.target) === false) setOpen(false);
    };
    // a control that was just switched off has no focus: Escape is heard everywhere
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      setOpen(false);
      document.getElementById(`${id}-opener`)?.focus();
    };
    document.addEventListener('pointerdown', onPointer, true);
    document.addEventListener('keydown', onKey, true);
    return () => {
      document.removeEventListener('pointerdown', onPointer, true);
      document.removeEventListener('keydown', onKey, true);
    };
  }, [isOpen, id]);

  const close = (): void => {
    setOpen(false);
    document.getElementById(`${id}-opener`)?.focus();
  };
  return (
    <div
      class={name}
      ref={root}
      onFocusOut={(event) => {
        const to = event.relatedTarget;
        if (to instanceof Node && root.current?.contains(to) === false) setOpen(false);
      }}
    >
      <button
        id={`${id}-opener`}
        type="button"
        class={isOn ? 'button button-on' : 'button'}
        disabled={isDisabled}
        aria-label={label}
        title={label}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {button}
      </button>
      <div id={id} class="popover" hidden={!isOpen}>
        {isOpen ? children(close) : null}
      </div>
    </div>
  );
}
