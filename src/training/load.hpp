// Pictures as bytes into what computes with floats.
#pragma once

#include "engine/program.hpp"
#include "training/rows.hpp"

namespace ziffer::training {

/// Pictures [first, first + n) of the rows into the Program's input.
void load(const Rows&, std::size_t first, std::size_t n, engine::Program&);

}  // namespace ziffer::training
