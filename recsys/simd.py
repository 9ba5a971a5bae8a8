"""Many numbers at a time: the two operations that numba's own loops over a few cells do slowly."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import extending
from numba.core import cgutils, types

LANES = 8
_INT = ir.IntType(64)
_VECTOR = ir.VectorType(ir.FloatType(), LANES)


def _address(context: Any, builder: Any, array_type: Any, array: Any, *, place: Any, vector: Any) -> Any:  # noqa: ANN401
    data = context.make_array(array_type)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [place]), vector.as_pointer())


def _add_scaled(typing: Any, to: Any, at: Any, x: Any, source: Any, start: Any, blocks: Any) -> Any:  # noqa: ANN401
    """Add ``x * source.flat[start:start + 8 * blocks]`` to ``to.flat[at:at + 8 * blocks]``, unchecked.

    ``to`` is float32, ``source`` float32, int16 or int8; both are C-contiguous.
    """
    signature = types.void(to, types.int64, types.float32, source, types.int64, types.int64)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ANN401
        to, at, x, source, start, blocks = args
        element = context.get_value_type(signature.args[3].dtype)
        narrow = ir.VectorType(element, LANES)
        undefined = ir.Constant(_VECTOR, ir.Undefined)
        zeros = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
        scale = builder.shuffle_vector(
            builder.insert_element(undefined, x, ir.Constant(ir.IntType(32), 0)), undefined, zeros
        )
        with cgutils.for_range(builder, blocks) as loop:
            shift = builder.mul(loop.index, ir.Constant(_INT, LANES))
            place = builder.add(start, shift)
            from_address = _address(context, builder, signature.args[3], source, place=place, vector=narrow)
            to_address = _address(context, builder, signature.args[0], to, place=builder.add(at, shift), vector=_VECTOR)
            values = builder.load(from_address, align=signature.args[3].dtype.bitwidth // 8)
            if not isinstance(signature.args[3].dtype, types.Float):
                values = builder.sitofp(values, _VECTOR)
            product = builder.fmul(scale, values, flags=("contract",))
            total = builder.fadd(builder.load(to_address, align=4), product, flags=("contract",))
            builder.store(total, to_address, align=4)
        return context.get_dummy_value()

    return signature, generate


add_scaled: Any = extending.intrinsic(_add_scaled)

CELLS = 16  # of uint16, looked at together


def _find_cell(typing: Any, cells: Any, start: Any, mark: Any, probes: Any) -> Any:  # noqa: ANN401
    """Return the first of ``cells[start:start + probes]`` that bears a mark (all but its low 3 bits), 0 for none.

    A cell of 0 ends the search. ``cells`` is uint16 and C-contiguous, ``CELLS`` of them are
    read unchecked; ``probes`` is less.
    """
    signature = types.uint16(cells, types.int64, types.uint16, types.int64)
    word = ir.IntType(CELLS)
    vector = ir.VectorType(ir.IntType(16), CELLS)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ANN401
        cells, start, mark, probes = args
        row = builder.load(_address(context, builder, signature.args[0], cells, place=start, vector=vector), align=2)
        undefined = ir.Constant(vector, ir.Undefined)
        zeros = ir.Constant(ir.VectorType(ir.IntType(32), CELLS), [0] * CELLS)
        first = builder.insert_element(undefined, mark, ir.Constant(ir.IntType(32), 0))
        wanted = builder.shuffle_vector(first, undefined, zeros)
        marks = builder.and_(row, ir.Constant(vector, [0xFFF8] * CELLS))
        empty = builder.icmp_unsigned("==", row, ir.Constant(vector, [0] * CELLS))
        equal = builder.bitcast(builder.icmp_unsigned("==", marks, wanted), word)
        stop = builder.or_(builder.bitcast(empty, word), builder.shl(ir.Constant(word, 1), builder.trunc(probes, word)))
        ends = builder.or_(equal, stop)
        lowest = builder.and_(ends, builder.neg(ends))
        bound = builder.sub(builder.shl(ir.Constant(word, 1), builder.trunc(probes, word)), ir.Constant(word, 1))
        found = builder.icmp_unsigned("!=", builder.and_(lowest, builder.and_(equal, bound)), ir.Constant(word, 0))
        place = builder.zext(builder.cttz(ends, ir.Constant(ir.IntType(1), 1)), _INT)
        cell = builder.load(
            _address(
                context, builder, signature.args[0], cells, place=builder.add(start, place), vector=ir.IntType(16)
            ),
            align=2,
        )
        return builder.select(found, cell, ir.Constant(ir.IntType(16), 0))

    return signature, generate


find_cell: Any = extending.intrinsic(_find_cell)
