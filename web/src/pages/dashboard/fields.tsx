// SPDX-License-Identifier: MIT
import type { ComponentChildren, JSX } from 'preact';

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [value: T, text: string])[];
  readonly onChange: (value: T) => void;
}

/** A few choices side by side, one of them on. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>): JSX.Element {
  return (
    <div class="choice" role="group" aria-label={label}>
      {options.map(([key, text]) => (
        <button key={key} type="button" class="choice-button" aria-pressed={key === value} data-choice={key} onClick={() => onChange(key)}>
          {text}
        </button>
      ))}
    </div>
  );
}

/** One of several choices, folded. */
export function SelectField<T extends string>({ label, value, options, onChange }: ChoiceProps<T>): JSX.Element {
  return (
    <label class="select-field">
      <span>{label}</span>
      <select
        class="field"
        value={value}
        onChange={(event) => {
          const chosen = options.find(([key]) => key === event.currentTarget.value);
          if (chosen !== undefined) onChange(chosen[0]);
        }}
      >
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

interface SwitchProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly children: ComponentChildren;
}

/** Something that is on or off. */
export function SwitchField({ isOn, onChange, children }: SwitchProps): JSX.Element {
  return (
    <label class="switch">
      <input type="checkbox" role="switch" checked={isOn} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span class="switch-track" aria-hidden="true" />
      {children}
    </label>
  );
}
