// A download gives its slot up only when others may wait for one, and not before it has had its turn.
import { createTurns, type Turn } from '../../../src/archive/fetch/download-turns';

it('a turn is over when its time is and every slot is taken', async () => {
  let nowMs = 0;
  const takeTurn = createTurns(2, () => nowMs);
  const ends: (() => void)[] = [];
  const begin = () => {
    let turn: Turn = { isOver: () => false };
    const ended = takeTurn((own) => {
      turn = own;
      return new Promise<void>((resolve) => ends.push(resolve));
    });
    return { isOver: () => turn.isOver(), ended };
  };
  const first = begin();
  nowMs = 119_999;
  const second = begin();
  expect([first.isOver(), second.isOver()]).toEqual([false, false]);
  nowMs = 120_000;
  expect([first.isOver(), second.isOver()]).toEqual([true, false]);
  ends[1]?.();
  await second.ended;
  // No download waits while a slot is free.
  expect(first.isOver()).toBe(false);
  ends[0]?.();
  await first.ended;
});
