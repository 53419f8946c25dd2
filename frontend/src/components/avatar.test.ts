import { fireEvent, render } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import Avatar from './Avatar.svelte';

const imageIn = (container: Element) => container.querySelector('img');

describe('an avatar', () => {
  it('shows initials where there is no picture', () => {
    const { container } = render(Avatar, { name: 'Café da Esquina' });
    expect(imageIn(container)).toBeNull();
    expect(container.querySelector('[data-initials="CE"]')).toBeInTheDocument();
  });

  it('lays the picture over the initials, which stay below', () => {
    const { container } = render(Avatar, { name: 'Café', picture: '/avatar/a1?v=1' });
    expect(imageIn(container)).toHaveAttribute('src', '/avatar/a1?v=1');
    expect(imageIn(container)).toHaveAttribute('alt', '');
    expect(container.querySelector('[data-initials="CA"]')).toBeInTheDocument();
  });

  it('goes back to initials when the picture cannot be had, and tries another', async () => {
    const { container, rerender } = render(Avatar, { name: 'Café', picture: '/avatar/a1?v=1' });
    await fireEvent.error(imageIn(container)!);
    expect(imageIn(container)).toBeNull();
    await rerender({ picture: '/avatar/a1?v=2' });
    expect(imageIn(container)).toHaveAttribute('src', '/avatar/a1?v=2');
  });
});
