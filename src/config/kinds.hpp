// One of several concepts: a variant of structures of settings, as a table.
#pragma once

#include <memory>
#include <optional>
#include <tuple>
#include <variant>

#include "config/concept.hpp"

namespace ziffer {

template <class... Settings>
struct KindsOf<std::variant<Settings...>> {
  using Variant = std::variant<Settings...>;
  using Shared = std::shared_ptr<Variant>;

  static void* choose(Variant& variant, std::size_t index) {
    constexpr void (*kEmplace[])(Variant&) = {
        [](Variant& v) { v.template emplace<Settings>(); }...};
    kEmplace[index](variant);
    return const_cast<void*>(chosen(variant));
  }
  static const void* chosen(const Variant& variant) {
    return std::visit([](const auto& settings) -> const void* { return &settings; }, variant);
  }

  static constexpr const Concept* kConcepts[] = {&kConcept<Settings>...};
  static constexpr Kinds kinds{
      kConcepts, [](void* v, std::size_t i) { return choose(*static_cast<Variant*>(v), i); },
      [](const void* v) { return chosen(*static_cast<const Variant*>(v)); },
      [](const void* v) { return static_cast<const Variant*>(v)->index(); }};
  /// Of a pointer to a variant, which is null where nothing was chosen. What was chosen does not
  /// change, so settings share it with their copies.
  static constexpr Kinds shared{
      kConcepts,
      [](void* v, std::size_t i) {
        auto& pointer = *static_cast<Shared*>(v);
        pointer = std::make_shared<Variant>();
        return choose(*pointer, i);
      },
      [](const void* v) -> const void* {
        const auto& pointer = *static_cast<const Shared*>(v);
        return pointer ? chosen(*pointer) : nullptr;
      },
      [](const void* v) { return (*static_cast<const Shared*>(v))->index(); }};
};

/// Several concepts, each there or not.
template <class Tuple>
struct OptionalsOf;
template <class... Settings>
struct OptionalsOf<std::tuple<std::optional<Settings>...>> {
  static constexpr const Concept* kConcepts[] = {&kConcept<Settings>...};
};

}  // namespace ziffer
